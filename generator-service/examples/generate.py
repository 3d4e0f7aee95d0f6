#!/usr/bin/env python3
"""Asks a kafka-gan pipeline for images and writes them as PNG files; see README.md."""

import base64
import json
import os
import sys
import time
import uuid
from pathlib import Path

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

CORRELATION = "kafka_correlationId"
BROKERS = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092").split(",")
PREFIX = os.environ.get("GAN_TOPIC_PREFIX", "gan.")
PATIENCE = int(os.environ.get("TIMEOUT_SECONDS", "30"))


def ask(request):
    """The reply to a request, as JSON."""
    correlation = uuid.uuid4().hex.encode()
    settings = {"bootstrap_servers": BROKERS}
    # kafka-python can leave out what is not committed from 2.1 on. Before, as in Debian 12, it shows a reply a moment
    # early, and after a crash of the service perhaps one that is taken back and sent again.
    if "isolation_level" in KafkaConsumer.DEFAULT_CONFIG:
        settings["isolation_level"] = "read_committed"
    consumer = KafkaConsumer(**settings)
    producer = KafkaProducer(bootstrap_servers=BROKERS)
    try:
        # No group: this process alone reads all partitions, from where they end now.
        topic = PREFIX + "replies"
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
        if not partitions:
            sys.exit(f"error: there is no topic {topic}")
        consumer.assign(partitions)
        consumer.seek_to_end(*partitions)
        for partition in partitions:
            consumer.position(partition)

        headers = [(CORRELATION, correlation)]
        producer.send(PREFIX + "requests", key=correlation, value=request.encode(), headers=headers).get(PATIENCE)

        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for records in consumer.poll(timeout_ms=200).values():
                for record in records:
                    if (CORRELATION, correlation) in record.headers:
                        return json.loads(record.value)
    finally:
        producer.close()
        consumer.close()
    sys.exit(f"error: no reply within {PATIENCE} s")


def main(request="{}", folder="."):
    reply = ask(request)
    if "error" in reply:
        sys.exit("error: {code}: {message}".format(**reply["error"]))
    if reply["format"] == "u8":
        sys.exit("error: this example writes PNG files, not format u8")
    # With the checkpoint "all" there are several, and equally many images from each.
    checkpoints = reply.get("checkpoints") or [reply["checkpoint"]]
    share = max(1, len(reply["images"]) // len(checkpoints))
    for number, image in enumerate(reply["images"]):
        file = Path(folder) / f"image-{number}.png"
        file.write_bytes(base64.b64decode(image))
        print(f"{file}: model {reply['model']}, step {checkpoints[number // share]['step']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
