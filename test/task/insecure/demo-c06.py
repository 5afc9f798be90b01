import pickle


def clone(data):
    return pickle.loads(pickle.dumps(data))
