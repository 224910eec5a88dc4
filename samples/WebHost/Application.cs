using System.Net;
using CkiSdk;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Tls;
using CkiSdk.Web;
using CkiSdk.Web.Options;
using ClientAndServer;

namespace WebHost;

internal static class Application
{
    /// <summary>Puts a CMA into a web application beside what is there already.</summary>
    public static WebApplication Build(string[] args, Cma cma, ICmaStore store, ShownCertificate certificate, DistinguishedName officer, Party tls, IPEndPoint address)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var clients = new PeerTrust([tls.Anchor]);                                // who is certified, and nobody else
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(address, listen => listen.UseCkiTls(tls.Tls, clients)));
        var application = builder.Build();
        application.MapCki(new CkiServer(cma), new HttpServerOptions { Clients = clients });
        application.MapCmaPages(new CmaPagesOptions { Cma = cma, Store = store, Certificates = [certificate], Path = "/cma", Clients = clients, Operators = [officer] });
        application.MapGet("/", () => "There is a CMA here, at /.well-known/cmp/p/cki.");
        return application;
    }
}
