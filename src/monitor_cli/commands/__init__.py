"""The commands: options → load → compute → render, one short file each."""
