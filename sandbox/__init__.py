"""The engine: source to image, image beside a grader, results. Knows no event, no database, no web."""
