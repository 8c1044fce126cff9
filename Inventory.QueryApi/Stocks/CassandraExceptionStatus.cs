using Inventory.Cassandra.Errors;
using Inventory.ServiceDefaults.Problems;

namespace Inventory.QueryApi.Stocks;

/// <summary>
/// A Cassandra that does not answer now is worth another try, and so is a row that something broke: <c>verify --repair</c> mends
/// it. A query of ours that is wrong is not.
/// </summary>
internal sealed class CassandraExceptionStatus : IExceptionStatus
{
    public int? StatusOf(Exception exception) =>
        exception is CassandraException { IsTransient: true } or CassandraDataException ? StatusCodes.Status503ServiceUnavailable : null;
}
