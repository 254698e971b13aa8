/** Says what view `address.js` reads in each address given, for the tests of Python. */
import { askedIn, readAddress } from "../../src/diagalim/map/js/panels/address.js";
import { data } from "./page.mjs";

const views = process.argv.slice(2).map((end) => {
  const asked = askedIn(new URL(`carte.html${end}`, "file:///rapport/"));
  return readAddress(asked, data, null, ["classe"])?.view ?? null;
});
process.stdout.write(JSON.stringify(views));
