using System.Diagnostics;
using System.Diagnostics.Metrics;
using Inventory.Cassandra.Connections;

namespace Inventory.Cassandra.Telemetry;

/// <summary>The meter, by OpenTelemetry's conventions for database clients where they have a name for it.</summary>
internal sealed class CassandraMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _lateAnswers;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _speculations;
    private readonly Counter<long> _preparedAgain;
    private readonly double _secondsPerTick;

    public CassandraMetrics(TimeProvider time, Func<IEnumerable<CqlConnection>> connections)
    {
        _secondsPerTick = 1.0 / time.TimestampFrequency;
        _meter = new Meter(CassandraTelemetry.Name);
        _duration = _meter.CreateHistogram<double>(
            "db.client.operation.duration",
            "s",
            "Duration of database client operations.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 10],
            });
        _lateAnswers = _meter.CreateCounter<long>(
            "inventory.cassandra.late_answers", "{answer}", "Answers that came after their request was over.");
        _retries = _meter.CreateCounter<long>(
            "inventory.cassandra.retries", "{request}", "Requests sent again after a failure.");
        _speculations = _meter.CreateCounter<long>(
            "inventory.cassandra.speculative_reads", "{request}", "Second reads sent while the first was slow.");
        _preparedAgain = _meter.CreateCounter<long>(
            "inventory.cassandra.statements_prepared_again", "{statement}", "Statements that a server had forgotten.");
        _meter.CreateObservableUpDownCounter(
            "inventory.cassandra.requests_in_flight",
            () => connections().Sum(static connection => (long)connection.Load),
            "{request}",
            "Requests under way or waiting for a stream.");
        _meter.CreateObservableUpDownCounter(
            "db.client.connection.count",
            () => connections()
                .GroupBy(static connection => connection.EndPoint.ToString(), StringComparer.Ordinal)
                .Select(static node => new Measurement<long>(
                    node.LongCount(),
                    new KeyValuePair<string, object?>("db.client.connection.pool.name", node.Key),
                    new KeyValuePair<string, object?>("db.client.connection.state", "used"))),
            "{connection}",
            "Open connections.");
    }

    public bool MeasuresDuration => _duration.Enabled;

    public void OperationEnded(Statement statement, long ticks, Exception? error)
    {
        var tags = new TagList
        {
            { "db.system.name", CassandraTelemetry.System },
            { "db.namespace", statement.Keyspace },
            { "db.collection.name", statement.Table },
            { "db.operation.name", statement.Operation },
        };
        if (error is not null)
        {
            tags.Add("error.type", CassandraTelemetry.ErrorType(error));
        }

        _duration.Record(ticks * _secondsPerTick, tags);
    }

    public void AnswerWasLate() => _lateAnswers.Add(1);

    public void RequestWasRetried() => _retries.Add(1);

    public void ReadWasSpeculative() => _speculations.Add(1);

    public void StatementWasPreparedAgain() => _preparedAgain.Add(1);

    public void Dispose() => _meter.Dispose();
}
