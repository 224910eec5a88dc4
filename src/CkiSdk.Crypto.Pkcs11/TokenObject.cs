using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Names one private or secret key in a token, and finds its number again whenever sessions were renewed.</summary>
internal sealed class TokenObject : IDisposable
{
    private readonly TokenConnection _connection;
    private readonly CKO _class;
    private readonly byte[] _id;
    private readonly string _label;
    private readonly TokenLink? _home; // of a session object, which lives as long as its session
    private readonly IReadOnlyList<IObjectHandle> _owned = [];
    private volatile Place _place;
    private int _disposed;

    private TokenObject(TokenConnection connection, CKO objectClass, byte[] id, string label, Place place)
    {
        _connection = connection.Acquire();
        _class = objectClass;
        _id = id;
        _label = label;
        _place = place;
    }

    private TokenObject(TokenConnection connection, TokenLink home, IReadOnlyList<IObjectHandle> owned)
        : this(connection, CKO.CKO_PRIVATE_KEY, [], "", new Place(home, owned[0]))
    {
        _home = home;
        _owned = owned;
    }

    /// <summary>Gets the name of the key as locations have it; null for a session object, which nobody else can find.</summary>
    public string? Name { get; private init; }

    /// <summary>Names an object of the token itself.</summary>
    public static TokenObject Stored(TokenConnection connection, TokenLink link, ISession session, IObjectHandle handle)
    {
        var objectClass = (CKO)(TokenObjects.Number(session, handle, CKA.CKA_CLASS) ?? 0);
        var id = TokenObjects.Octets(session, handle, CKA.CKA_ID);
        var label = TokenObjects.Text(session, handle, CKA.CKA_LABEL);
        var uri = new Pkcs11Uri { Token = link.Description.Label, Object = label.Length == 0 ? null : label, Id = label.Length == 0 ? id : default };
        return new TokenObject(connection, objectClass, id, label, new Place(link, handle)) { Name = uri.ToString()["pkcs11:".Length..] };
    }

    /// <summary>Takes session objects over, the key first; they are destroyed with this object.</summary>
    public static TokenObject InSession(TokenConnection connection, TokenLink link, params IReadOnlyList<IObjectHandle> handles) => new(connection, link, handles);

    /// <summary>Runs an operation with the key.</summary>
    /// <exception cref="CryptoProviderException">The key or the token is gone, or refused.</exception>
    public Task<T> UseAsync<T>(Func<TokenLink, ISession, IObjectHandle, T> operation, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _connection.RunAsync((link, session) => Use(link, session, operation), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        if (_home is not null)
            _connection.Discard(_home, _owned);
        _connection.Release();
    }

    private T Use<T>(TokenLink link, ISession session, Func<TokenLink, ISession, IObjectHandle, T> operation)
    {
        var place = _place;
        if (place.Link == link)
        {
            try
            {
                return operation(link, session, place.Handle);
            }
            catch (Pkcs11Exception exception) when (_home is null && Pkcs11Errors.IsStale(exception.RV))
            {
                // The object was replaced by another program; it is looked for once more.
            }
        }

        _place = place = new Place(link, Find(link, session));
        return operation(link, session, place.Handle);
    }

    private IObjectHandle Find(TokenLink link, ISession session)
    {
        if (_home is not null)
            throw new CryptoProviderException(CryptoError.KeyNotFound, "The key lived in a session with the token, which ended when the token was away.");
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> template = [attributes.Create(CKA.CKA_CLASS, _class)];
        if (_id.Length > 0)
            template.Add(attributes.Create(CKA.CKA_ID, _id));
        if (_label.Length > 0)
            template.Add(attributes.Create(CKA.CKA_LABEL, _label));
        var found = TokenObjects.Find(session, template);
        if (found.Count == 0)
            KeyFinder.RequireLogin(link, session);
        return found.Count == 1
            ? found[0]
            : throw new CryptoProviderException(CryptoError.KeyNotFound, $"The token {link.Description.Label} holds {found.Count} keys {Name} instead of one.");
    }

    private sealed record Place(TokenLink Link, IObjectHandle Handle);
}
