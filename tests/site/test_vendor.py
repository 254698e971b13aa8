"""The scripts of others enter the site only when they are the ones expected."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from diagalim.site.vendor import ensure_vendor, npm_pack, pinned
from diagalim.wording.failures import BuildFailure

TOOLS = Path(__file__).parents[1] / "browser" / "axe.json"
"""What only the tests use."""


@pytest.fixture
def package(tmp_path):
    """Return a pinned package and the function that would fetch its archive."""
    archive = tmp_path / "paquet.tgz"
    with tarfile.open(archive, "w:gz") as content:
        for name, text in (("package/a.js", "un"), ("package/fonts/f.woff2", "police")):
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            content.addfile(entry, io.BytesIO(text.encode()))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    entry = {
        "name": "paquet",
        "version": "1.0.0",
        "integrity": f"sha512-{digest}",
        "files": {"a.js": "a.js", "fonts/*.woff2": "polices/"},
    }
    return entry, lambda spec, folder: archive


def test_needed_files_are_extracted(tmp_path, package):
    entry, fetch = package
    assert ensure_vendor(tmp_path / "vendor", packages=[entry], fetch=fetch)
    assert (tmp_path / "vendor" / "a.js").read_text(encoding="utf-8") == "un"
    assert (tmp_path / "vendor" / "polices" / "f.woff2").is_file()


def test_a_file_is_mended_once_its_package_is_known_to_be_the_right_one(tmp_path, package):
    entry, fetch = package
    mended = entry | {"edits": {"a.js": {"un": "deux"}}}
    ensure_vendor(tmp_path / "vendor", packages=[mended], fetch=fetch)
    assert (tmp_path / "vendor" / "a.js").read_text(encoding="utf-8") == "deux"


def test_a_mend_that_no_longer_fits_is_said_and_nothing_installed(tmp_path, package):
    entry, fetch = package
    other = entry | {"edits": {"a.js": {"trois": "deux"}}}
    with pytest.raises(BuildFailure, match="contient 0 fois, et non 1, « trois »"):
        ensure_vendor(tmp_path / "vendor", packages=[other], fetch=fetch)
    assert not (tmp_path / "vendor").exists()


def test_a_mend_made_several_times_says_how_many(tmp_path, package):
    entry, fetch = package
    ensure_vendor(
        tmp_path / "vendor", packages=[entry | {"edits": {"a.js": {"n": ["m", 1]}}}], fetch=fetch
    )
    assert (tmp_path / "vendor" / "a.js").read_text(encoding="utf-8") == "um"
    with pytest.raises(BuildFailure, match="contient 1 fois, et non 2, « n »"):
        ensure_vendor(
            tmp_path / "autre", packages=[entry | {"edits": {"a.js": {"n": ["m", 2]}}}], fetch=fetch
        )


def test_second_call_fetches_nothing(tmp_path, package):
    entry, fetch = package
    ensure_vendor(tmp_path / "vendor", packages=[entry], fetch=fetch)
    assert not ensure_vendor(tmp_path / "vendor", packages=[entry], fetch=None)


def test_other_content_is_refused_and_nothing_installed(tmp_path, package):
    entry, fetch = package
    wrong = entry | {"integrity": "sha512-" + base64.b64encode(b"0" * 64).decode()}
    with pytest.raises(BuildFailure, match="n'est pas celui attendu"):
        ensure_vendor(tmp_path / "vendor", packages=[wrong], fetch=fetch)
    assert not (tmp_path / "vendor").exists()


def test_new_version_replaces_the_old_files(tmp_path, package):
    entry, fetch = package
    ensure_vendor(tmp_path / "vendor", packages=[entry], fetch=fetch)
    fewer = entry | {"version": "2.0.0", "files": {"a.js": "b.js"}}
    assert ensure_vendor(tmp_path / "vendor", packages=[fewer], fetch=fetch)
    assert not (tmp_path / "vendor" / "a.js").exists()


def test_missing_network_is_said_in_french(tmp_path, monkeypatch):
    class Refused:
        returncode, stdout, stderr = 1, "", "ENOTFOUND"

    monkeypatch.setattr("subprocess.run", lambda *args, **options: Refused)
    with pytest.raises(BuildFailure, match="vérifier la connexion au réseau"):
        npm_pack("paquet@1.0.0", tmp_path)


@pytest.mark.parametrize("pins", [pinned(), json.loads(TOOLS.read_text(encoding="utf-8"))])
def test_pins_name_exact_versions_digests_and_no_host(pins):
    assert pins
    for package in pins:
        assert package["version"].replace(".", "").isdigit()
        assert package["integrity"].startswith("sha512-")
    assert "://" not in json.dumps(pins)


def test_no_tool_of_the_tests_is_among_the_scripts_of_the_site():
    tools = json.loads(TOOLS.read_text(encoding="utf-8"))
    assert not {tool["name"] for tool in tools} & {package["name"] for package in pinned()}
