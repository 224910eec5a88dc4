using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Keeps the way to one token: finds it, logs in, pools sessions, and does so again when the token was away.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is counted, not owned, and the semaphore has no wait handle.")]
internal sealed class TokenConnection(ModuleLibrary library, Pkcs11Uri wanted, Pkcs11TokenOptions options)
{
    private readonly SemaphoreSlim _places = new(options.MaxSessions);
    private readonly Lock _gate = new();
    private TokenLink? _link;
    private Secret? _pin; // kept to log in again when the token comes back; zeroed at logout
    private bool _isLoggedIn;
    private bool _disposed;
    private int _users = 1;

    /// <summary>Gets whether a login succeeded and was not undone.</summary>
    public bool IsLoggedIn => Volatile.Read(ref _isLoggedIn);

    /// <summary>Runs one operation in a session of its own.</summary>
    /// <param name="operation">The operation, which may run a second time after the token was lost.</param>
    /// <param name="cancellationToken">Gives up waiting; a call that the device has begun ends by itself and its result is dropped.</param>
    /// <exception cref="CryptoProviderException">The token is away, or refused.</exception>
    public Task<T> RunAsync<T>(Func<TokenLink, ISession, T> operation, CancellationToken cancellationToken) =>
        ScheduleAsync(() => Attempt(link => library.Read(link.Generation, () => InPool(link, operation))), cancellationToken);

    /// <summary>Runs one operation in the session that stays open, so that session objects made by it live on.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<T> RunInAnchorAsync<T>(Func<TokenLink, ISession, T> operation, CancellationToken cancellationToken) =>
        ScheduleAsync(() => Attempt(link => library.Read(link.Generation, () => InAnchor(link, operation))), cancellationToken);

    /// <summary>Destroys session objects without waiting and without finding the token again: where it was lost, they are gone anyway.</summary>
    public void Discard(TokenLink link, IReadOnlyList<IObjectHandle> handles) => DropResult(Task.Run(() => library.Read(link.Generation, () => InAnchor(link, (_, session) =>
    {
        foreach (var handle in handles)
            session.DestroyObject(handle);
        return true;
    }))));

    /// <summary>Logs the user in; see <see cref="Pkcs11Token.LoginAsync"/>.</summary>
    public Task<bool> LoginAsync(Secret? pin, CancellationToken cancellationToken)
    {
        var copy = pin?.Copy();
        return ScheduleAsync(() => Login(copy), cancellationToken, copy);
    }

    /// <summary>Logs out and zeroes the PIN.</summary>
    public Task<bool> LogoutAsync(CancellationToken cancellationToken) => ScheduleAsync(Logout, cancellationToken);

    /// <summary>Counts one more user: a key that was opened.</summary>
    public TokenConnection Acquire()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    /// <summary>Counts one user less; after the last one all sessions are closed and the PIN is zeroed.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        lock (_gate)
        {
            _disposed = true;
            Drop(_link);
            ForgetPin();
        }

        library.Release();
    }

    private static T InPool<T>(TokenLink link, Func<TokenLink, ISession, T> operation)
    {
        var session = link.Rent();
        try
        {
            var result = operation(link, session);
            link.Return(session);
            return result;
        }
        catch
        {
            TokenLink.Close(session); // an operation may still be active in it
            throw;
        }
    }

    private static T InAnchor<T>(TokenLink link, Func<TokenLink, ISession, T> operation)
    {
        lock (link.Anchor)
            return operation(link, link.Anchor);
    }

    private async Task<T> ScheduleAsync<T>(Func<T> work, CancellationToken cancellationToken, Secret? ownedByWork = null)
    {
        try
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ownedByWork?.Dispose();
            throw;
        }

        var running = Task.Run(() =>
        {
            try
            {
                return work();
            }
            finally
            {
                _places.Release();
            }
        }, CancellationToken.None);
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            DropResult(running);
            throw;
        }
    }

    // Nobody waits for the result any more: it is zeroed, and a failure was told as the cancellation.
    private static void DropResult<T>(Task<T> running) => _ = running.ContinueWith(
        static done => (done.Exception is null ? done.Result as IDisposable : null)?.Dispose(),
        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private T Attempt<T>(Func<TokenLink, T> operation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            TokenLink? link = null;
            try
            {
                link = Connect();
                return operation(link);
            }
            catch (Pkcs11Exception exception)
            {
                // No filter: those run while the call still holds its lock, and asking whether the token is alive takes it, too.
                var isLost = IsLost(exception.RV, link);
                if (isLost)
                    Lose(link);
                if (!isLost || !isFirst)
                    throw Pkcs11Errors.Translate(exception);
            }
            catch (Exception exception) when (Pkcs11Errors.IsOfLibrary(exception))
            {
                throw Pkcs11Errors.Translate(exception);
            }
        }
    }

    private bool IsLost(CKR value, TokenLink? link) => value switch
    {
        CKR.CKR_USER_NOT_LOGGED_IN => IsLoggedIn, // somebody else logged out
        _ when Pkcs11Errors.IsVague(value) => link is null || !library.Read(_ => link.IsAlive()),
        _ => Pkcs11Errors.IsLost(value),
    };

    private TokenLink Connect()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_link is { } current && current.Generation == library.Generation)
                return current;
            Drop(_link);
            var link = Find() ?? throw new CryptoProviderException(CryptoError.DeviceUnavailable, $"No token {wanted} is there.");
            library.CountConnected(1);
            _link = link;
            if (_isLoggedIn)
                LoginAgain(link);
            return link;
        }
    }

    // A library may show a token that came back only after it was initialised again; some do at once.
    private TokenLink? Find()
    {
        var isDead = false;
        try
        {
            if (Open() is { } link)
                return link;
        }
        catch (Pkcs11Exception exception) when (exception.RV == CKR.CKR_CRYPTOKI_NOT_INITIALIZED)
        {
            isDead = true;
        }

        return library.TryReinitialize(isDead) ? Open() : null;
    }

    private TokenLink? Open() => library.Read(loaded =>
    {
        var found = loaded.GetSlotList(SlotsType.WithTokenPresent)
            .Select(slot => (Slot: slot, Description: SlotReader.Read(slot)))
            .Where(candidate => wanted.Matches(candidate.Description)).ToList();
        return found.Count switch
        {
            0 => null,
            1 => new TokenLink(found[0].Slot, found[0].Description, library.Generation),
            _ => throw new CryptoProviderException(CryptoError.DeviceUnavailable, $"{found.Count} tokens match {wanted}: name the serial number, too."),
        };
    });

    private bool Login(Secret? pin)
    {
        using (pin)
        {
            return Attempt(link =>
            {
                lock (_gate)
                {
                    if (!Login(link, pin))
                        return false;
                    _pin?.Dispose();
                    _pin = pin?.Copy();
                    _isLoggedIn = true;
                    return true;
                }
            });
        }
    }

    private bool Login(TokenLink link, Secret? pin)
    {
        var serial = link.Description.Serial;
        if (pin is not null && library.Pins.IsWrong(serial, pin.Span))
            return false;
        try
        {
            library.Read(link.Generation, () => CallLogin(link.Anchor, pin));
        }
        catch (Pkcs11Exception exception) when (exception.RV is CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE)
        {
            if (pin is not null)
                library.Pins.AddWrong(serial, pin.Span);
            return false;
        }
        catch (Pkcs11Exception exception) when (exception.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // Somebody in this process logged in before. Where that PIN is known, another one is no right one.
            return pin is null || !library.Pins.IsOther(serial, pin.Span);
        }

        if (pin is not null)
            library.Pins.SetRight(serial, pin.Span);
        return true;
    }

    private static bool CallLogin(ISession session, Secret? pin)
    {
        byte[]? octets = null;
        if (pin is not null)
        {
            octets = GC.AllocateUninitializedArray<byte>(pin.Length, pinned: true);
            pin.Span.CopyTo(octets);
        }

        try
        {
            session.Login(CKU.CKU_USER, octets);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    private void LoginAgain(TokenLink link)
    {
        try
        {
            if (Login(link, _pin))
                return;
        }
        catch (Pkcs11Exception)
        {
            Drop(link); // the next attempt begins anew
            throw;
        }

        ForgetPin();
        throw new CryptoProviderException(CryptoError.PinIncorrect, "The token came back and refused the PIN that it took before; it is not tried again.");
    }

    private bool Logout()
    {
        lock (_gate)
        {
            var wasLoggedIn = _isLoggedIn;
            ForgetPin();
            if (!wasLoggedIn || _link is not { } link)
                return wasLoggedIn;
            try
            {
                library.Read(link.Generation, () =>
                {
                    link.Anchor.Logout();
                    return true;
                });
            }
            catch (Pkcs11Exception exception) when (Pkcs11Errors.IsLost(exception.RV))
            {
                Drop(link); // the login ended with the session
            }
            catch (Exception exception) when (Pkcs11Errors.IsOfLibrary(exception))
            {
                throw Pkcs11Errors.Translate(exception);
            }

            return true;
        }
    }

    private void ForgetPin()
    {
        _pin?.Dispose();
        _pin = null;
        _isLoggedIn = false;
    }

    private void Lose(TokenLink? link)
    {
        lock (_gate)
        {
            if (link is not null && link == _link)
                Drop(link);
        }
    }

    private void Drop(TokenLink? link)
    {
        if (link is null)
            return;
        _link = null;
        library.CountConnected(-1);
        try
        {
            library.Read(link.Generation, () =>
            {
                link.CloseAll();
                return true;
            });
        }
        catch (Pkcs11Exception)
        {
            link.Abandon();
        }
    }
}
