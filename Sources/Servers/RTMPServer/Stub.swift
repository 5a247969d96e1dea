// Servers/RTMPServer
