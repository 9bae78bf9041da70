import gzip

from mingdai.audit.wiretap.http1 import Stream, answers_in, plain_body, requests_in, status_of


def _stream(*chunks):
    stream = Stream()
    for at, chunk in enumerate(chunks):
        stream.add(float(at), chunk)
    return stream


def test_each_request_of_a_kept_connection_is_read_with_the_time_it_left():
    stream = _stream(
        b"POST /a HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\n\r\n",
        b"q=1",
        b"GET /b HTTP/1.1\r\nHost: a.test\r\n\r\n",
    )

    found = list(requests_in(stream))

    assert [(each.at, each.start.split()[1], each.body) for each in found] == [
        (0.0, "/a", b"q=1"),
        (2.0, "/b", b""),
    ]


def test_a_chunked_and_gzipped_answer_is_put_together():
    packed = gzip.compress(b"hello")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"

    (answer,) = answers_in(_stream(head + chunked), ["GET"])

    assert (status_of(answer), plain_body(answer)) == (200, b"hello")


def test_a_stream_cut_short_ends_the_reading_and_keeps_what_came_before():
    stream = _stream(b"GET /a HTTP/1.1\r\nHost: a.test\r\n\r\nGET /b HTT")

    assert [each.start for each in requests_in(stream)] == ["GET /a HTTP/1.1"]


def test_the_answer_to_head_has_no_body():
    stream = _stream(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 404 No\r\n\r\n")

    found = list(answers_in(stream, ["HEAD", "GET"]))

    assert [status_of(each) for each in found] == [200, 404]
