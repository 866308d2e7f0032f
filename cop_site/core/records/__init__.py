"""Files of records that people bring and take along: lines of JSON, tables with commas."""
