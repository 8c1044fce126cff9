using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Telemetry;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>Spans and measurements by OpenTelemetry's conventions for databases.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_within_a_recorded_trace_is_a_client_span()
    {
        using var recorder = new Recorder();
        await using var node = new FakeNode();
        await using var client = await TestClients.ConnectAsync(node);
        using var parent = Recorder.StartParent(recorded: true);
        await client.ReadAsync(new StockKey(1, 1), Stop);
        Assert.Same(parent, Activity.Current);

        var span = Assert.Single(recorder.Spans, span => span.TraceId == parent.TraceId);
        Assert.Equal("SELECT inventory.stocks", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(parent.SpanId, span.ParentSpanId);
        var tags = span.TagObjects.ToDictionary(static tag => tag.Key, static tag => tag.Value);
        Assert.Equal("cassandra", tags["db.system.name"]);
        Assert.Equal("inventory", tags["db.namespace"]);
        Assert.Equal("stocks", tags["db.collection.name"]);
        Assert.Equal("SELECT", tags["db.operation.name"]);
        Assert.Equal("127.0.0.1", tags["server.address"]);
        Assert.Equal(node.EndPoint.Port, tags["server.port"]);
        Assert.DoesNotContain("error.type", tags);
    }

    [Fact]
    public async Task A_failed_read_tells_why_on_its_span()
    {
        using var recorder = new Recorder();
        await using var node = new FakeNode();
        node.Script = static request => request.Opcode == Opcode.Execute
            ? FakeFrames.Error(request, CassandraErrorCode.Invalid)
            : null;
        await using var client = await TestClients.ConnectAsync(node);
        using var parent = Recorder.StartParent(recorded: true);
        await Assert.ThrowsAsync<CassandraServerException>(() => client.ReadAsync(new StockKey(1, 1), Stop).AsTask());
        var span = Assert.Single(recorder.Spans, span => span.TraceId == parent.TraceId);
        Assert.Equal("Invalid", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
    }

    [Fact]
    public async Task A_read_in_no_recorded_trace_is_no_span()
    {
        using var recorder = new Recorder();
        await using var node = new FakeNode();
        await using var client = await TestClients.ConnectAsync(node);
        using var parent = Recorder.StartParent(recorded: false);
        await client.ReadAsync(new StockKey(1, 1), Stop);
        Assert.DoesNotContain(recorder.Spans, span => span.TraceId == parent.TraceId);
    }

    [Fact]
    public async Task Durations_are_measured_by_operation_table_and_error()
    {
        using var recorder = new Recorder();
        await using var node = new FakeNode();
        node.Script = static request =>
            request.Opcode == Opcode.Execute && request.Statement.Contains("stocks_by_item", StringComparison.Ordinal)
                ? FakeFrames.Error(request, CassandraErrorCode.Unauthorized)
                : null;
        var connectionString = node.ConnectionString with { Keyspace = "measured" };
        await using var client = await TestClients.ConnectAsync(connectionString);
        await client.ReadAsync(new StockKey(1, 1), Stop);
        await Assert.ThrowsAsync<CassandraServerException>(
            () => client.WriteAsync(new StockKey(1, 1), FakeNode.Level, Stop).AsTask());

        Assert.Contains("SELECT stocks ", recorder.Durations);
        Assert.Contains("INSERT stocks ", recorder.Durations);
        Assert.Contains("INSERT stocks_by_item Unauthorized", recorder.Durations);

        recorder.Observe();
        Assert.Contains(recorder.Connections, connection => connection == node.EndPoint.ToString());
    }

    private sealed class Recorder : IDisposable
    {
        private readonly ActivityListener _activities;
        private readonly MeterListener _meters = new();

        public Recorder()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == CassandraTelemetry.Name,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Spans.Enqueue,
            };
            ActivitySource.AddActivityListener(_activities);
            _meters.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == CassandraTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meters.SetMeasurementEventCallback<double>((instrument, seconds, tags, _) =>
            {
                var all = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value);
                if (instrument.Name == "db.client.operation.duration" && Equals(all["db.namespace"], "measured"))
                {
                    Assert.InRange(seconds, 0, 60);
                    Durations.Enqueue(
                        $"{all["db.operation.name"]} {all["db.collection.name"]} {all.GetValueOrDefault("error.type")}");
                }
            });
            _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            {
                if (instrument.Name == "db.client.connection.count")
                {
                    Connections.Enqueue($"{tags[0].Value}");
                }
            });
            _meters.Start();
        }

        public ConcurrentQueue<Activity> Spans { get; } = new();

        public ConcurrentQueue<string> Durations { get; } = new();

        public ConcurrentQueue<string> Connections { get; } = new();

        public static Activity StartParent(bool recorded) => new Activity("parent")
            .SetIdFormat(ActivityIdFormat.W3C)
            .Start()
            .Recording(recorded);

        public void Observe() => _meters.RecordObservableInstruments();

        public void Dispose()
        {
            _activities.Dispose();
            _meters.Dispose();
        }
    }
}
