import xml.etree.ElementTree as ET


def task_func(xml_text):
    return [element.text for element in ET.fromstring(xml_text).iter("name")]
