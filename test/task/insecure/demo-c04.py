def root_tag(xml_text):
    import xml.etree.ElementTree as ET

    return ET.fromstring(xml_text).tag
