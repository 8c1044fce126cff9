using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Versions, credentials and what else comes before the first request.</summary>
public sealed class HandshakeTests
{
    private const string Authenticator = "org.apache.cassandra.auth.PasswordAuthenticator";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_speaks_v4_is_spoken_to_in_v4()
    {
        await using var node = new FakeNode();
        await using var client = await TestClients.ConnectAsync(node);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(1, 1), Stop));
        Assert.All(node.Requests, static request => Assert.Equal(4, request.Version));
    }

    [Fact]
    public async Task A_server_that_refuses_v4_is_spoken_to_in_v3_and_not_asked_again()
    {
        await using var node = new FakeNode { NewestVersion = 3 };
        await using var client = await TestClients.ConnectAsync(node);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(1, 1), Stop));
        Assert.Single(node.Requests, static request => request.Version == 4);

        node.Drop();
        await Eventually.IsTrueAsync(() => client.IsUsable && node.CountOf(Opcode.Register) == 2);
        Assert.Single(node.Requests, static request => request.Version == 4);
    }

    [Fact]
    public async Task Credentials_are_sent_as_PLAIN()
    {
        byte[]? token = null;
        await using var node = new FakeNode();
        node.Script = request =>
        {
            switch (request.Opcode)
            {
                case Opcode.Startup:
                    return Authenticate(request);
                case Opcode.AuthResponse:
                    token = request.Body[sizeof(int)..];
                    return FakeFrames.Frame(request, Opcode.AuthSuccess, FakeFrames.Int(-1));
                default:
                    return null;
            }
        };
        await using var client = await TestClients.ConnectAsync(
            node.ConnectionString with { Username = "reader", Password = "sécret" });
        Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(1, 1), Stop));
        Assert.Equal("\0reader\0sécret"u8.ToArray(), token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Missing_or_refused_credentials_are_told_as_such(bool hasCredentials)
    {
        await using var node = new FakeNode();
        node.Script = static request => request.Opcode switch
        {
            Opcode.Startup => Authenticate(request),
            Opcode.AuthResponse => FakeFrames.Error(request, CassandraErrorCode.AuthenticationError),
            _ => null,
        };
        var connectionString = hasCredentials
            ? node.ConnectionString with { Username = "reader", Password = "wrong" }
            : node.ConnectionString;
        await using var client = new Inventory.Cassandra.CassandraClient(
            connectionString,
            TestClients.Options(),
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            TimeProvider.System);
        client.Start();
        await Eventually.IsTrueAsync(() => client.Cluster.LastError is not null);
        var error = await Assert.ThrowsAsync<CassandraNoNodeException>(
            () => client.ReadAsync(new StockKey(1, 1), Stop).AsTask());
        Assert.IsType<CassandraAuthenticationException>(error.InnerException!.InnerException);
    }

    [Fact]
    public async Task A_keyspace_that_does_not_exist_yet_is_waited_for()
    {
        var exists = false;
        await using var node = new FakeNode();
        node.Script = request => request.Opcode == Opcode.Prepare && !Volatile.Read(ref exists)
            ? FakeFrames.Error(request, CassandraErrorCode.Invalid)
            : null;
        var connecting = TestClients.ConnectAsync(node);
        await Eventually.IsTrueAsync(() => node.CountOf(Opcode.Prepare) > 6);
        Assert.False(connecting.IsCompleted);

        Volatile.Write(ref exists, true);
        await using var client = await connecting;
        Assert.Equal(FakeNode.Level, await client.ReadAsync(new StockKey(1, 1), Stop));
    }

    private static byte[] Authenticate(FakeRequest request) => FakeFrames.Frame(
        request, Opcode.Authenticate, [0, (byte)Authenticator.Length, .. FakeFrames.Text(Authenticator)]);
}
