using System.Net;
using System.Net.Sockets;
using Inventory.Gateway.Discovery;

namespace Inventory.Tests.Gateway;

/// <summary>A name server that says what the test wants: the real one of this machine can't be made to change its mind.</summary>
internal sealed class ScriptedLookup : IHostLookup
{
    private volatile Func<Task<IPAddress[]>> _answer = Fail;
    private int _lookups;

    public int Lookups => Volatile.Read(ref _lookups);

    public void Answer(params string[] addresses) =>
        _answer = () => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());

    public void AnswerNothing() => _answer = Fail;

    public void Hang(Task until) => _answer = async () =>
    {
        await until;
        return [];
    };

    public Task<IPAddress[]> LookUpAsync(string host)
    {
        Interlocked.Increment(ref _lookups);
        return _answer();
    }

    private static Task<IPAddress[]> Fail() =>
        Task.FromException<IPAddress[]>(new SocketException((int)SocketError.TryAgain));
}
