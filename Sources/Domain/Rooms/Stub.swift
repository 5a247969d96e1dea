// Domain/Rooms
