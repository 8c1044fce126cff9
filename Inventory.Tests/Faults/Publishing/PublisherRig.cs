using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Kafka;
using Inventory.Servers.Postgres;
using Inventory.Servers.Processes;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>A database of its own, writers that change it, and publishers of it in processes of their own.</summary>
internal sealed class PublisherRig : IAsyncDisposable
{
    private readonly RealServers _servers;
    private readonly string _folder;
    private readonly string _source;
    private readonly KafkaCluster _kafka;
    private readonly List<ChildProcess> _publishers = [];

    private PublisherRig(RealServers servers, string source, TestDatabase database, KafkaCluster kafka)
    {
        _servers = servers;
        _folder = Path.Combine(servers.Folder, $"publisher-{Guid.NewGuid():n}");
        _source = source;
        _kafka = kafka;
        Database = database;
    }

    public TestDatabase Database { get; }

    /// <summary>On the servers of all tests.</summary>
    public static async Task<PublisherRig> CreateAsync(RealServers servers, string source) =>
        await CreateAsync(servers, source, await servers.PostgresAsync());

    /// <summary>On a Postgres of its own.</summary>
    public static async Task<PublisherRig> CreateAsync(RealServers servers, string source, PostgresServer postgres)
    {
        var kafka = await servers.KafkaAsync();
        await kafka.CreateTopicAsync(
            ResourceNames.StockChangesTopic,
            RealServers.TopicPartitions,
            new Dictionary<string, string>(),
            TestContext.Current.CancellationToken);
        return await CreateAsync(servers, source, postgres, kafka);
    }

    public static async Task<PublisherRig> CreateAsync(
        RealServers servers, string source, PostgresServer postgres, KafkaCluster kafka) => new(
        servers,
        source,
        await TestDatabase.CreateAsync(postgres),
        kafka);

    public Task<ChildProcess> StartPublisherAsync(params (string Key, string Value)[] settings) =>
        StartPublisherAsync(_source, settings);

    public async Task<ChildProcess> StartPublisherAsync(string source, params (string Key, string Value)[] settings)
    {
        var publisher = await RelayProcess.StartAsync(
            _folder,
            Database.ConnectionString,
            _kafka.BootstrapServers,
            source,
            settings.ToDictionary(each => each.Key, each => (string?)each.Value));
        _publishers.Add(publisher);
        return publisher;
    }

    /// <summary>Until a publisher has done its work once: what was committed at the call is published.</summary>
    public async Task WaitUntilPublishingAsync(StockWriter writer)
    {
        await writer.MoreAsync(20);
        var last = await Database.ScalarAsync<long>("SELECT coalesce(max(id), 0) FROM outbox");
        await Patience.WaitAsync(async () => await Database.ScalarAsync<long>(
            "SELECT count(*) FROM outbox WHERE id <= $1", last) == 0);
    }

    public Task WaitUntilPublishedAsync() => Patience.WaitAsync(
        async () => await Database.ScalarAsync<long>("SELECT count(*) FROM outbox") == 0);

    /// <summary>Nothing is deleted from the outbox while the result lives.</summary>
    public async Task<IAsyncDisposable> HoldDeletionsAsync()
    {
        await Database.ExecuteAsync("""
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END';
            CREATE TRIGGER hold BEFORE DELETE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION hold();
            """);
        var connection = await Database.DataSource.OpenConnectionAsync();
        await new NpgsqlCommand("SELECT pg_advisory_lock(1)", connection).ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Lets the lease of a killed publisher run out now instead of in some seconds.</summary>
    public Task EndLeasesAsync() => Database.ExecuteAsync("UPDATE outbox_leases SET expires_at = '-infinity'");

    /// <summary>Everything that was committed is in the topic, in order, and what is made of the topic equals the database.</summary>
    public async Task AssertPublishedAsync(StockWriter writer)
    {
        await writer.StopAsync();
        await WaitUntilPublishedAsync();
        var topic = TopicReader.ReadAll(_kafka.BootstrapServers, ResourceNames.StockChangesTopic);
        AssertOrder(TopicReader.VersionsOf(topic), writer);
        await ProjectedTopic.AssertEqualsAsync(_servers, Database, _kafka.BootstrapServers, topic);
    }

    public Dictionary<StockKey, List<long>> ReadTopic() => TopicReader.ReadVersions(_kafka.BootstrapServers);

    public async ValueTask DisposeAsync()
    {
        await TellStateAsync();
        foreach (var publisher in _publishers)
        {
            publisher.Kill();
            await publisher.Exited;
            TellLog(publisher.Options.LogFile);
            await publisher.DisposeAsync();
        }

        foreach (var broker in _kafka.Brokers)
        {
            TellLog(broker.Process.LogFile);
        }

        // A slot is the whole server's, which has few.
        await Patience.WaitAsync(async () => await Database.ScalarAsync<long>("""
            SELECT count(*) FROM pg_replication_slots WHERE database = current_database() AND active_pid IS NOT NULL
            """) == 0);
        await Database.ExecuteAsync("""
            SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()
            """);
        await Database.DisposeAsync();
    }

    private async Task TellStateAsync()
    {
        Tell(await Database.ScalarAsync<string>("""
            SELECT format('The outbox has %s rows, ids %s to %s', count(*), min(id), max(id)) FROM outbox
            """));
        Tell(await Database.ScalarAsync<string>("""
            SELECT format('The log ends at %s; slots: %s', pg_current_wal_lsn(), json_agg(slot)) FROM pg_replication_slots AS slot
            """));
        Tell(await Database.ScalarAsync<string>("SELECT format('Leases: %s', json_agg(lease)) FROM outbox_leases AS lease"));
    }

    private static void TellLog(string file) => Tell($"The end of {file}:\n{LogTail.Read(file)}");

    // Shown if the test fails.
    private static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    /// <summary>
    /// What is sent again may repeat a stretch, from its beginning to its end, but no version is missing, a new one never comes
    /// before an older new one, and the last message of a key is its newest: compaction keeps that one.
    /// </summary>
    private static void AssertOrder(Dictionary<StockKey, List<long>> topic, StockWriter writer)
    {
        foreach (var (key, newest) in writer.Versions)
        {
            var versions = topic[key];
            Assert.Equal(Enumerable.Range(1, (int)newest).Select(version => (long)version), versions.Distinct());
            Assert.Equal(newest, versions[^1]);
            Assert.All(versions.Zip(versions.Skip(1)), pair => Assert.True(
                pair.Second <= pair.First + 1, $"Of {key} version {pair.Second} came right after {pair.First}."));
        }
    }
}
