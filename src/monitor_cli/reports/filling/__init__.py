"""«Сведения о наполнении данными»: how complete the data of each school are."""
