/**
 * How do columns of numbers travel in a page? As base64 of little-endian numbers: less
 * than their JSON text, and no number loses a digit. The geometry comes as variable-length integers.
 *
 * @typedef {{type: "u8"|"u16"|"i32"|"f64", data: string}} Packed
 */

/** @type {Record<Packed["type"], {width: number, made: any, read: "getUint8"|"getUint16"|"getInt32"|"getFloat64"}>} */
const READERS = {
  u8: { width: 1, made: Uint8Array, read: "getUint8" },
  u16: { width: 2, made: Uint16Array, read: "getUint16" },
  i32: { width: 4, made: Int32Array, read: "getInt32" },
  f64: { width: 8, made: Float64Array, read: "getFloat64" },
};

/**
 * @param {Packed} packed
 * @returns {Uint8Array|Uint16Array|Int32Array|Float64Array}
 */
export function unpacked(packed) {
  const { width, made, read } = READERS[packed.type];
  const bytes = bytesOf(packed.data);
  const view = new DataView(bytes.buffer);
  const values = new made(bytes.length / width);
  for (let i = 0; i < values.length; i++) values[i] = view[read](i * width, true);
  return values;
}

/**
 * @param {string} base64
 * @returns {Int32Array} signed integers, each written as a zigzag varint
 */
export function varints(base64) {
  const bytes = bytesOf(base64);
  const values = new Int32Array(bytes.length);
  let [count, value, shift] = [0, 0, 0];
  for (const byte of bytes) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      values[count++] = (value >>> 1) ^ -(value & 1);
      value = shift = 0;
    }
  }
  return values.subarray(0, count);
}

/** @type {(base64: string) => Uint8Array<ArrayBuffer>} */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
