"""Parts of the long tests of ``scripts/full_tests.py``; each works on a copy of the project."""
