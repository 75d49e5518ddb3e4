"""A school on a page: indicators, classes, teachers, what is amiss and what to do next."""
