"""The code that runs inside the grader container.

It imports nothing of the rest of the engine: only this folder is copied into the image, under the same import path.

Processes: `__main__` owns the stream to the worker and forks a zygote for each (task, cases); a zygote has collected
the task and forks a job for each run; a job polls the prototype, runs the cases and streams what they gave.
"""
