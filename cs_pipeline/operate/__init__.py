"""What is done and when: the one take-build-publish that the command line, the nightly job and Dagster all call."""
