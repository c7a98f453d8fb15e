"""Widgets over the wire, as a page speaks with them: the Jupyter widget protocol 2.1."""

from __future__ import annotations

import struct

import pytest

from kernels import plain


def say(kernel, comm_id, data, buffers=()):
    """A comm message of the page; returns its id."""
    message = kernel.client.session.msg("comm_msg", {"comm_id": comm_id, "data": data})
    kernel.client.session.send(kernel.client.shell_channel.socket, message, buffers=list(buffers))
    return message["header"]["msg_id"]


def answers(kernel, comm_id, data, buffers=()):
    """The comm messages that answer it."""
    messages = kernel.iopub_until_idle(say(kernel, comm_id, data, buffers))
    return [m for m in messages if m["msg_type"] == "comm_msg"]


def opened(reply):
    (message,) = [m for m in reply.messages if m["msg_type"] == "comm_open"]
    assert message["content"]["target_name"] == "jupyter.widget" and message["metadata"]["version"] == "2.1.0"
    return message


ESM = "export default { render() {} }"


def test_a_slider_is_shown_by_its_model(kernel):
    reply = kernel.ok('const rate = slider({ label: "rate", min: 1e-4, max: 1, value: 0.1, scale: "log" }); rate')
    comm_id = opened(reply)["content"]["comm_id"]
    (result,) = reply.of("execute_result")
    assert result["data"] == {
        "application/vnd.jupyter.widget-view+json": {"version_major": 2, "version_minor": 0, "model_id": comm_id},
        "text/plain": 'widget {"value":0.1}',
    }
    state = opened(reply)["content"]["data"]["state"]
    assert (state["_model_module"], state["_model_name"], state["value"]) == ("anywidget", "AnyModel", 0.1)
    assert "export default" in state["_esm"]
    assert kernel.ok("rate.modelId").result == repr(comm_id)


def test_a_slider_changes_a_learning_rate_while_fit_trains(fresh):
    fresh.ok("""import { keras, tf } from "tskeras";
    const model = keras.Sequential([keras.layers.Input([8]), keras.layers.Dense(1)]);
    model.compile({ optimizer: keras.optimizers.SGD({ learningRate: 0.01 }), loss: "mse" });
    const rates = new Set<number>();
    let epochs = 0;""")
    reply = fresh.ok("""const rate = slider({ min: 0, max: 1, value: 0.01 });
    rate.observe((change) => {
      model.optimizer.learningRate = change.new;
      console.log("was", change.old, "is", change.new);
    }, "value");
    rate""")
    shown_in = reply.messages[0]["parent_header"]["msg_id"]
    comm_id = opened(reply)["content"]["comm_id"]
    # Trains until the slider has been moved, and one epoch longer.
    training = fresh.send("""await model.fit(tf.ones([640, 8]), tf.zeros([640, 1]), {
      epochs: 100_000, verbose: 0, batchSize: 16,
      callbacks: [{ onEpochEnd() {
        epochs += 1;
        rates.add(Number(model.optimizer.learningRate.toFixed(4)));
        if (rates.has(0.5)) model.stopTraining = true;
        if (epochs === 3) console.log("training");
      } }],
    });
    [...rates]""")
    while fresh.iopub()["content"].get("text") != "training\n":
        pass
    moved = say(fresh, comm_id, {"method": "update", "state": {"value": 0.5}, "buffer_paths": []})
    seen = []
    while not (seen and seen[-1]["parent_header"].get("msg_id") == training and seen[-1]["msg_type"] == "execute_result"):
        seen.append(fresh.iopub())
    assert seen[-1]["content"]["data"]["text/plain"] == "[ 0.01, 0.5 ]"
    # What the handler prints stands below the slider.
    assert [(m["content"]["text"], m["parent_header"]["msg_id"]) for m in seen if m["msg_type"] == "stream"] == [
        ("was 0.01 is 0.5\n", shown_in)
    ]
    (echo,) = [m for m in seen if m["msg_type"] == "comm_msg"]
    assert echo["parent_header"]["msg_id"] == moved
    assert echo["content"]["data"] == {"method": "echo_update", "state": {"value": 0.5}, "buffer_paths": []}
    # The cell still runs after the message was answered, and a page goes by the last status.
    states = [m for m in seen if m["msg_type"] == "status"]
    assert [(m["parent_header"]["msg_id"], m["content"]["execution_state"]) for m in states] == [
        (moved, "busy"),
        (moved, "idle"),
        (training, "busy"),
    ]
    assert fresh.ok("rate.value").result == "0.5"


def test_bytes_travel_beside_the_state(kernel):
    reply = kernel.ok(f"""const pixels = widget({{ esm: "{ESM}", state: {{
      image: new Uint8Array([1, 2, 3]), more: {{ list: [1, new Float32Array([0.5])] }}, plain: "x" }} }})""")
    message = opened(reply)
    data = message["content"]["data"]
    assert data["buffer_paths"] == [["image"], ["more", "list", 1]]
    assert [bytes(buffer) for buffer in message["buffers"]] == [b"\1\2\3", struct.pack("<f", 0.5)]
    comm_id = message["content"]["comm_id"]
    update = {"method": "update", "state": {"more": {"list": [2, None]}}, "buffer_paths": [["image"], ["more", "list", 1]]}
    (echo,) = answers(kernel, comm_id, update, [b"\7\7", b"\5"])
    assert echo["content"]["data"]["method"] == "echo_update"
    assert sorted(bytes(buffer) for buffer in echo["buffers"]) == [b"\5", b"\7\7"]
    assert kernel.ok("[pixels.image, ...pixels.more.list]").result == "[ Uint8Array(2) [ 7, 7 ], 2, Uint8Array(1) [ 5 ] ]"


def test_an_assignment_changes_the_page_and_the_same_value_does_not(kernel):
    kernel.ok(f'const shared = widget({{ esm: "{ESM}", state: {{ value: 1, other: "a" }} }})')
    kernel.ok('shared.observe(({ name, old, new: now }) => console.log(name, old, now))')
    reply = kernel.ok("shared.value = 2; shared.value = 2; shared.other = 'b'")
    sent = [m["content"]["data"] for m in reply.messages if m["msg_type"] == "comm_msg"]
    assert sent == [
        {"method": "update", "state": {"value": 2}, "buffer_paths": []},
        {"method": "update", "state": {"other": "b"}, "buffer_paths": []},
    ]
    # A misspelled name and a wrong type are found before the cell runs.
    assert "'valeu'" in kernel.run("shared.valeu = 3").traceback
    assert "not assignable to type 'number'" in kernel.run("shared.value = 'x'").traceback


def test_messages_of_its_own(kernel):
    reply = kernel.ok(f"""const talk = widget({{ esm: "{ESM}" }});
    talk.onMsg((content, buffers) => talk.send({{ got: content, bytes: buffers[0]?.length }}, [new Uint8Array([9])]))""")
    cell = reply.messages[0]["parent_header"]["msg_id"]
    say(kernel, opened(reply)["content"]["comm_id"], {"method": "custom", "content": "hello"}, [b"12345"])
    (answer,) = [m for m in kernel.late(cell, 1) if m["msg_type"] == "comm_msg"]
    assert answer["content"]["data"] == {"method": "custom", "content": {"got": "hello", "bytes": 5}}
    assert [bytes(buffer) for buffer in answer["buffers"]] == [b"\x09"]


def test_a_page_that_was_loaded_anew_asks_for_the_state(fresh):
    kernel = fresh
    comm_id = opened(kernel.ok(f'const late = widget({{ esm: "{ESM}", state: {{ value: 1, raw: new Uint8Array([4]) }} }})'))["content"]["comm_id"]
    kernel.ok("late.value = 7")
    (state,) = answers(kernel, comm_id, {"method": "request_state"})
    assert state["content"]["data"]["state"]["value"] == 7
    assert state["content"]["data"]["buffer_paths"] == [["raw"]]
    # All at once, by the control comm of JupyterLab's widget manager.
    message = kernel.client.session.msg("comm_open", {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}})
    kernel.client.shell_channel.send(message)
    kernel.iopub_until_idle(message["header"]["msg_id"])
    (all_states,) = answers(kernel, "control", {"method": "request_states"})
    data = all_states["content"]["data"]
    assert data["method"] == "update_states" and list(data["states"]) == [comm_id]
    assert data["states"][comm_id]["model_name"] == "AnyModel" and data["states"][comm_id]["state"]["value"] == 7
    assert data["buffer_paths"] == [[comm_id, "state", "raw"]]
    # One that is closed is known no more.
    kernel.ok("late.close()")
    assert kernel.request("shell", "comm_info_request", {"target_name": "jupyter.widget"})["comms"] == {}
    (all_states,) = answers(kernel, "control", {"method": "request_states"})
    assert all_states["content"]["data"]["states"] == {}
    kernel.ok("late.value = 8; late.close(); late.send(1)")


def test_an_error_in_a_handler_is_shown_in_its_cell(kernel):
    reply = kernel.ok(f"""const broken = widget({{ esm: "{ESM}", state: {{ value: 1 }} }});
    broken.observe(() => {{ throw new RangeError("too far"); }}, "value")""")
    cell = reply.messages[0]["parent_header"]["msg_id"]
    say(kernel, opened(reply)["content"]["comm_id"], {"method": "update", "state": {"value": 2}})
    text = "".join(m["content"]["text"] for m in kernel.late(cell, 1) if m["msg_type"] == "stream")
    assert "RangeError: too far" in plain(text)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("widget({ esm: '' })", "text of an ES module"),
        ("widget({})", "but found undefined"),
        (f"widget({{ esm: '{ESM}', value: 1 }})", '"value": names of your own belong into state'),
        (f"widget({{ esm: '{ESM}', state: {{ observe: 1 }} }})", '"observe", which every widget has'),
        (f"widget({{ esm: '{ESM}', state: {{ _esm: 1 }} }})", '"_esm", which every widget has'),
        ("slider({ min: 1, max: 1 })", "min to be less than max but found 1 and 1"),
        ("slider({ min: 0, max: 1, scale: 'log' })", "min to be greater than 0 on a logarithmic scale"),
        ("slider({ min: 0, max: 1, value: 2 })", "a value between min 0 and max 1 but found 2"),
        ("slider({ min: 0, max: 1, values: 0.5 })", 'but found "values"'),
        ("slider({ min: 0, max: NaN })", "a finite number as max but found NaN"),
    ],
)
def test_wrong_definitions_say_what_is_right(kernel, code, told):
    reply = kernel.run(f"%%typecheck off\n{code}")
    assert told in reply.content["evalue"]
    assert [m for m in reply.messages if m["msg_type"] == "comm_open"] == []
