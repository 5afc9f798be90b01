def task_func(data, path):
    import pickle

    with open(path, "wb") as file:
        pickle.dump(data, file)
    with open(path, "rb") as file:
        return pickle.load(file)
