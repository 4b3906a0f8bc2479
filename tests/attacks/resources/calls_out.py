# /// attack
# tries = "reach the network in every form"
# must = "there is none"
# feedback = "Network is unreachable"
# report = "calls_out"
# ///

# %%
import socket
import urllib.request

for family, kind, address in [
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 22)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("8.8.8.8", 53)),
    (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 80)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/run/docker.sock"),
]:
    try:
        with socket.socket(family, kind) as end:
            end.settimeout(1)
            end.connect(address)
            print("REACHED", address)
    except OSError as error:
        print(address, error)
try:
    urllib.request.urlopen("http://example.org", timeout=1)
except OSError as error:
    print(error)
