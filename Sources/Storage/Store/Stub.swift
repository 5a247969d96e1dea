// Storage/Store
