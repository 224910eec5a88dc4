using CkiSdk.Asn1.Modules.InformationFramework;
using ImportingModule.Fleet;

// Name is the type of CkiSdk.Asn1.Modules: what that library returns fits without a conversion.
var owner = Name.Decode(Convert.FromHexString("3011310F300D06035504030C06506F72746572"));
var fleet = new Fleet { Owner = owner, Ships = [new FleetShipsItem { Name = "Falcon" }] };

Console.WriteLine(Fleet.Decode(fleet.Encode()).Owner == owner);
