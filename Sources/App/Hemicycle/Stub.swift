// App/Hemicycle
