"""Events out to files and in from them, and copies of whole logs."""
