"""The rows that keep an indicator from 100 %: who, when, what is missing, by how much."""
