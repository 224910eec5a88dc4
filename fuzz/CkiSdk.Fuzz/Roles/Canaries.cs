using System.Text;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Looks for the canary in what goes out.</summary>
internal static class Canaries
{
    /// <summary>Requires that octets hold none.</summary>
    public static void None(ReadOnlySpan<byte> octets)
    {
        if (octets.IndexOf(InsecureProvider.Canary) >= 0) throw new FuzzException("a key goes out in the clear");
    }

    /// <summary>Requires that a text holds none, neither its octets nor their digits.</summary>
    public static void None(string text)
    {
        None(Encoding.UTF8.GetBytes(text));
        if (text.Contains(Convert.ToHexString(InsecureProvider.Canary), StringComparison.OrdinalIgnoreCase) || text.Contains(Convert.ToBase64String(InsecureProvider.Canary)[..20], StringComparison.Ordinal))
            throw new FuzzException("a key goes out in a text");
    }

    /// <summary>Requires that audit logs hold together and hold none.</summary>
    public static void None(params ICmaStore[] stores)
    {
        foreach (var log in stores.Select(store => RoleWorld.Wait(store.ReadAuditAsync())))
        {
            if (!AuditChain.Verify(log).IsIntact) throw new FuzzException("the audit log is broken");
            foreach (var link in log.Links.TakeLast(100)) None($"{link.Entry.Party} {link.Entry.Detail}");
        }
    }
}
