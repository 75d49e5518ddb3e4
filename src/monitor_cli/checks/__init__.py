"""What is wrong with a dump and what looks wrong: `monitor validate`, before it is rendered."""
