using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Holds the sessions with a token from the moment it was found until it is lost.</summary>
/// <param name="slot">The slot in which the token is now.</param>
/// <param name="description">What slot and token said of themselves.</param>
/// <param name="generation">The initialisation of the library that the sessions belong to.</param>
internal sealed class TokenLink(ISlot slot, Pkcs11Slot description, int generation)
{
    private readonly ConcurrentBag<ISession> _idle = [];
    private readonly SessionType _type = description.Flags.HasFlag(Pkcs11SlotFlags.WriteProtected) ? SessionType.ReadOnly : SessionType.ReadWrite;
    private readonly ConcurrentDictionary<(CKM Mechanism, DigestAlgorithm Hash), bool> _refused = new();

    /// <summary>Gets what slot and token said of themselves.</summary>
    public Pkcs11Slot Description => description;

    /// <summary>Gets the initialisation of the library that the sessions belong to.</summary>
    public int Generation => generation;

    /// <summary>Gets the session that stays open, because logins and session objects end with the last or their own session; lock it for use.</summary>
    public ISession Anchor { get; } = slot.OpenSession(description.Flags.HasFlag(Pkcs11SlotFlags.WriteProtected) ? SessionType.ReadOnly : SessionType.ReadWrite);

    /// <summary>Takes an idle session or opens one.</summary>
    public ISession Rent() => _idle.TryTake(out var session) ? session : slot.OpenSession(_type);

    /// <summary>Puts a session back in which no operation is active.</summary>
    public void Return(ISession session) => _idle.Add(session);

    /// <summary>Asks slot and token anew for what they say of themselves.</summary>
    public Pkcs11Slot Describe() => SlotReader.Read(slot);

    /// <summary>Asks the token for itself, to know whether it is still there.</summary>
    public bool IsAlive()
    {
        try
        {
            slot.GetTokenInfo();
            return true;
        }
        catch (Pkcs11Exception)
        {
            return false;
        }
    }

    /// <summary>Tells whether a mechanism with a hash function was not refused yet.</summary>
    public bool MayDo(CKM mechanism, DigestAlgorithm hash) => !_refused.ContainsKey((mechanism, hash));

    /// <summary>Remembers that the token cannot do a mechanism with a hash function.</summary>
    public void Refused(CKM mechanism, DigestAlgorithm hash) => _refused[(mechanism, hash)] = true;

    /// <summary>Closes one session that may be in the middle of an operation.</summary>
    public static void Close(ISession session)
    {
        try
        {
            session.CloseSession();
        }
        catch (Exception exception) when (Pkcs11Errors.IsOfLibrary(exception) || exception is ObjectDisposedException)
        {
            // It is gone already.
        }

        Release(session);
    }

    /// <summary>Closes all sessions.</summary>
    public void CloseAll()
    {
        foreach (var session in _idle)
            Close(session);
        Close(Anchor);
    }

    /// <summary>Lets go of all sessions without a call into the library, where their numbers may mean others' sessions now.</summary>
    public void Abandon()
    {
        foreach (var session in _idle)
            Release(session);
        Release(Anchor);
    }

    // Disposal and finaliser would call C_CloseSession with a number that may be another session's by now.
    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "It is the finaliser of another type that must not run.")]
    private static void Release(ISession session) => GC.SuppressFinalize(session);
}
