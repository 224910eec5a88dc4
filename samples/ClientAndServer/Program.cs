using ClientAndServer;

// A CMA and one of its users in one process, over TCP with TLS 1.3 on a free port of this machine.
using var domain = await Domain.CreateAsync();
var folder = Directory.CreateTempSubdirectory("cki-sample-").FullName;
await using var listener = await Server.StartAsync(Path.Combine(folder, "cma.sqlite"), domain.Cma, domain.Server, domain.User);
using var content = new MemoryStream("the train leaves at noon"u8.ToArray());
var message = await Client.SealAsync(listener.EndPoint, domain.Cma.Certificate, domain.User, content);
Console.WriteLine($"{message.Length} octets sealed");
