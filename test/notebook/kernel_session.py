"""Runs steps in one kernel over the Jupyter protocol and prints what each answered, as a JSON list.

Usage: kernel_session.py KERNEL FOLDER STEPS, where STEPS is a JSON list of { "code", "interruptAfter"? (seconds) }.
"""

import json
import queue
import sys
import time

from jupyter_client.manager import start_new_kernel

kernel, folder, steps = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
manager, client = start_new_kernel(kernel_name=kernel, cwd=folder, startup_timeout=120)
answers = []
try:
    for step in steps:
        begun = time.monotonic()
        message = client.execute(step["code"])
        interrupted = False
        text, displays, errors, reply, idle, status = "", [], [], {}, False, None
        while not (idle and status) and time.monotonic() - begun < 120:
            if "interruptAfter" in step and not interrupted and time.monotonic() - begun > step["interruptAfter"]:
                manager.interrupt_kernel()
                interrupted = True
            if not manager.is_alive():
                status, idle = "dead", True
            try:
                event = client.get_iopub_msg(timeout=0.1)
                if event["parent_header"].get("msg_id") == message:
                    content = event["content"]
                    if event["msg_type"] == "stream":
                        text += content["text"]
                    elif event["msg_type"] in ("display_data", "update_display_data"):
                        displays.append({"type": event["msg_type"], **content})
                    elif event["msg_type"] == "error":
                        errors.append(content)
                    elif event["msg_type"] == "status":
                        idle = content["execution_state"] == "idle"
            except queue.Empty:
                pass
            try:
                answer = client.get_shell_msg(timeout=0)
                if answer["parent_header"].get("msg_id") == message:
                    reply = answer["content"]
                    status = reply["status"]
            except queue.Empty:
                pass
        seconds = time.monotonic() - begun
        said = {"text": text, "displays": displays, "errors": errors}
        answers.append({"status": status, "reply": reply, **said, "seconds": seconds})
        time.sleep(step.get("pauseAfter", 0.3))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps(answers))
