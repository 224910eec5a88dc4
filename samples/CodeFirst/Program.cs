using CodeFirst;

var order = new Order(7, new Contact.Mail("a@example.org")) { Lines = new([new OrderLine("Bolt M4", 12)]) };
byte[] der = order.Encode();
Console.WriteLine($"{Convert.ToHexString(der)} is {(Order.Decode(der) == order ? "the same order" : "another order")}");
Console.WriteLine(OrderLines.Descriptor.ToNotation());
