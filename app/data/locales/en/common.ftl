### Words that several screens share.

app-name = Fortnight
