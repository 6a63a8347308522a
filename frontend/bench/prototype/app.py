def predict(task, input):
    return {"text": input["text"]}
