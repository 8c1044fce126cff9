using Inventory.Postgres.Failures;
using Npgsql;

namespace Inventory.Tests.Postgres;

/// <summary>Every class of SQLSTATEs is decided.</summary>
public sealed class PostgresFailureTests
{
    [Theory]
    [InlineData(PostgresRemedy.Reconnect, "08000", "08006", "08P01", "25006", "25P02", "25P03", "26000", "42P05", "57P01", "57P03")]
    [InlineData(PostgresRemedy.Repeat, "40001", "40P01", "72000", "XX000")]
    [InlineData(
        PostgresRemedy.Wait, "28000", "28P01", "3D000", "3F000", "42501", "42703", "42883", "42P01", "53100", "53300", "55006",
        "55P03", "57014", "57P04", "58030", "58P01", "F0000")]
    [InlineData(PostgresRemedy.None, "0A000", "22003", "23505", "23514", "25001", "42601", "54000", "P0001", "XX001", "XX002")]
    public void A_state_of_the_server_has_one_remedy(PostgresRemedy remedy, params string[] states) =>
        Assert.All(states, state => Assert.Equal(
            remedy, PostgresFailure.RemedyOf(new PostgresException("any", "ERROR", "ERROR", state))));

    [Fact]
    public void A_prepared_statement_whose_columns_have_changed_is_prepared_again_on_another_session() =>
        Assert.Equal(PostgresRemedy.Reconnect, PostgresFailure.RemedyOf(new PostgresException(
            "cached plan must not change result type", "ERROR", "ERROR", "0A000", routine: "RevalidateCachedQuery")));

    [Fact]
    public void Without_an_answer_the_same_is_tried_again() =>
        Assert.Equal(PostgresRemedy.Repeat, PostgresFailure.RemedyOf(new TimeoutException()));

    [Fact]
    public void What_does_not_come_from_the_database_is_no_excuse() =>
        Assert.Equal(PostgresRemedy.None, PostgresFailure.RemedyOf(new InvalidOperationException()));
}
