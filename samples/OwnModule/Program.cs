using OwnModule.Rockets;

var rocket = new Rocket { Name = "Falcon", Range = 340_000 };
byte[] der = rocket.Encode();
Rocket same = Rocket.Decode(der);          // strict DER; DerException says what, where and on which path

Console.WriteLine($"{Convert.ToHexString(der)} holds {same.Name} {(same == rocket ? "again" : "changed")}");
