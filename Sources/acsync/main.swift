print("acsync")
