// Servers/WebServer
