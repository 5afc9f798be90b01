Certainly! Here is the code:
```python
def task_func(x):
    return x * 2
```
