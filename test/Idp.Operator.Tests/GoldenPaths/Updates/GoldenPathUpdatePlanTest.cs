using System.Text;
using Idp.GitHub;
using Idp.Operator.GoldenPaths.Updates;

namespace Idp.Operator.Tests.GoldenPaths.Updates;

public sealed class GoldenPathUpdatePlanTest
{
    private const string Path = "app/main.py";
    private const string Base = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private const string New = "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";
    private const string Ours = "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private const string Both = "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";
    private const string Against = "one\ntwo\nthree\nfour\nfive\nsix\nsiete\n";

    [Fact]
    public void FileThatTheTeamLeftAlone_BecomesAsItIsWanted()
    {
        var file = Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Base).Wanted(Path, New));

        Outcome(file).Should().Be((FileOutcome.FastForward, Path, New));
        file.IsNews.Should().BeTrue();
        file.Locked.Should().BeEquivalentTo(new { Path, Version = "2.0.0", Blob = BlobOf(New), Declined = (string?)null });
    }

    [Fact]
    public void ChangesOfBoth_AreMerged()
    {
        var file = Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Ours).Wanted(Path, New));

        Outcome(file).Should().Be((FileOutcome.Merged, Path, Both));
        file.Locked!.Blob.Should().Be(BlobOf(New), "the next merge begins with what was brought, not with what came of it");
    }

    [Fact]
    public void ChangesThatDoNotGoTogether_LeaveTheTeamsFile_AndItsBase()
    {
        var file = Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Against).Wanted(Path, New));

        Outcome(file).Should().Be((FileOutcome.Conflict, Path, null));
        file.IsNews.Should().BeTrue();
        file.Locked.Should().BeEquivalentTo(new { Path, Version = "1.0.0", Blob = BlobOf(Base), Declined = BlobOf(New) });
    }

    [Fact]
    public void ConflictThatWasShown_IsNoNewsAgain_UntilTheGoldenPathWantsSomethingElse()
    {
        var repository = new UpdatedRepository().Brought(Path, Base).Team(Path, Against);
        var after = repository.Wanted(Path, New).Plan().Lock;

        var again = new UpdatedRepository().Brought(Path, Base).Team(Path, Against).Wanted(Path, New).Plan(after);
        var other = new UpdatedRepository().Brought(Path, Base).Team(Path, Against).Wanted(Path, New.Replace("SEVEN", "Sept", StringComparison.Ordinal)).Plan(after);

        again.HasContent.Should().BeFalse();
        again.Counts.Should().ContainKey(FileOutcome.Conflict);
        other.HasContent.Should().BeTrue();
    }

    [Fact]
    public void ConflictThatTheTeamResolved_MergesFromWhereTheFileTrulyIs()
    {
        var after = new UpdatedRepository().Brought(Path, Base).Team(Path, Against).Wanted(Path, New).Plan().Lock;

        var next = "1\n" + New["one\n".Length..];
        var file = new UpdatedRepository().Brought(Path, Base).Team(Path, New).Wanted(Path, next).Plan(after).Files.Single();

        Outcome(file).Should().Be((FileOutcome.Merged, Path, next));
        file.Locked!.Declined.Should().BeNull();
    }

    [Fact]
    public void FileThatTheTeamDeleted_StaysDeleted()
    {
        Outcome(Only(new UpdatedRepository().Brought(Path, Base).Wanted(Path, New))).Should().Be((FileOutcome.TeamDeleted, Path, null));
        Outcome(Only(new UpdatedRepository().Brought(Path, Base).Wanted(Path, Base))).Should().Be((FileOutcome.TeamDeleted, Path, null));
    }

    [Fact]
    public void FileThatTheTeamMoved_IsBroughtUpToDateWhereItIs()
    {
        const string place = "src/service.py";
        var moved = new UpdatedRepository().Brought(Path, Base).Team(place, Base).Moved(Path, place).Wanted(Path, New);
        var edited = new UpdatedRepository().Brought(Path, Base).Team(place, Ours).Moved(Path, place).Wanted(Path, New);
        var against = new UpdatedRepository().Brought(Path, Base).Team(place, Against).Moved(Path, place).Wanted(Path, New);

        Outcome(Only(moved)).Should().Be((FileOutcome.Renamed, place, New));
        Outcome(Only(edited)).Should().Be((FileOutcome.Renamed, place, Both));
        Outcome(Only(against)).Should().Be((FileOutcome.Conflict, place, null));
    }

    [Fact]
    public void FileThatTheGoldenPathHasNoMore_IsRemovedOnlyWhereTheTeamLeftItAlone()
    {
        var left = new UpdatedRepository().Brought(Path, Base).Team(Path, Base).Plan();
        var edited = new UpdatedRepository().Brought(Path, Base).Team(Path, Ours).Plan();
        var gone = new UpdatedRepository().Brought(Path, Base).Plan();

        left.Deletions.Should().Equal(Path);
        left.Files.Should().ContainSingle().Which.Outcome.Should().Be(FileOutcome.Removed);
        edited.Deletions.Should().BeEmpty();
        edited.Files.Should().ContainSingle().Which.Outcome.Should().Be(FileOutcome.Conflict);
        gone.HasContent.Should().BeFalse();
        new[] { left, edited, gone }.Should().OnlyContain(plan => plan.Lock.Files.Count == 0, "nothing is left to be brought");
    }

    [Fact]
    public void NewFile_IsAdded_ButNeverOverOneOfTheTeams()
    {
        Outcome(Only(new UpdatedRepository().Wanted(Path, New))).Should().Be((FileOutcome.Added, Path, New));
        Outcome(Only(new UpdatedRepository().Team(Path, New).Wanted(Path, New))).Should().Be((FileOutcome.Unchanged, Path, null));
        Outcome(Only(new UpdatedRepository().Team(Path, Ours).Wanted(Path, New))).Should().Be((FileOutcome.Conflict, Path, null));
        Outcome(Only(new UpdatedRepository { Adopted = true }.Team(Path, Ours).Wanted(Path, New))).Should().Be((FileOutcome.TeamOwned, Path, null));
    }

    [Theory]
    [InlineData("app/Main.py")]
    [InlineData("app")]
    [InlineData("APP")]
    [InlineData("app/main.py/more.txt")]
    public void NewFile_WhereSomethingIsInItsWay_IsAConflict(string there)
    {
        var file = new UpdatedRepository().Team(there, Ours).Wanted(Path, New).Plan().Files.Single();

        Outcome(file).Should().Be((FileOutcome.Conflict, Path, null));
    }

    [Fact]
    public void FileThatIsLaidOnce_IsTheTeamsEverAfter()
    {
        Outcome(Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Base).Wanted(Path, New, once: true))).Should().Be((FileOutcome.TeamOwned, Path, null));
        Outcome(Only(new UpdatedRepository().Brought(Path, Base).Wanted(Path, New, once: true))).Should().Be((FileOutcome.TeamOwned, Path, null));
    }

    [Fact]
    public void Modes_AreMergedToo()
    {
        var wanted = Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Ours).Wanted(Path, Base, executable: true));
        var teams = Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Base, TreeFileMode.Executable).Wanted(Path, New));

        wanted.Should().BeEquivalentTo(new { Outcome = FileOutcome.Merged, Written = new { Blob = BlobOf(Ours), Executable = true } });
        teams.Should().BeEquivalentTo(new { Outcome = FileOutcome.Merged, Written = new { Blob = BlobOf(New), Executable = true } });
    }

    [Theory]
    [InlineData(TreeFileMode.SymbolicLink)]
    [InlineData(TreeFileMode.Submodule)]
    public void WhatIsNoFile_IsNeverWrittenOver(TreeFileMode mode)
    {
        Outcome(Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Base, mode).Wanted(Path, New))).Should().Be((FileOutcome.Conflict, Path, null));
        Outcome(Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Base, mode).Wanted(Path, Base))).Should().Be((FileOutcome.Unchanged, Path, null));
    }

    [Fact]
    public void BaseThatCannotBeHad_MakesAConflict_NeverAGuess()
    {
        var file = Only(new UpdatedRepository().Brought(Path, Base).Team(Path, Ours).Wanted(Path, New).Forgets(Base));

        Outcome(file).Should().Be((FileOutcome.Conflict, Path, null));
    }

    [Fact]
    public void LineThatATeamHasTwice_IsKeptTwice()
    {
        TeamLines.AreKept("a\n"u8, "a\na\na\n"u8, "a\na\n"u8).Should().BeTrue("two were added, and two are there");
        TeamLines.AreKept("a\n"u8, "a\nb\nb\n"u8, "a\nb\n"u8).Should().BeFalse();
        TeamLines.AreKept("a\n"u8, "a\r\nb\r\n"u8, "a\nb\n"u8).Should().BeTrue();
    }

    [Fact]
    public void UpdateWithoutAChangeForPeople_HasNoContent()
    {
        var plan = new UpdatedRepository().Brought(Path, Base).Team(Path, New).Wanted(Path, New).Brought("b", Base).Wanted("b", New).Plan();

        plan.HasContent.Should().BeFalse();
        plan.Counts.Should().BeEquivalentTo(new Dictionary<FileOutcome, int> { [FileOutcome.Unchanged] = 1, [FileOutcome.TeamDeleted] = 1 });
    }

    private static FileUpdate Only(UpdatedRepository repository) => repository.Plan().Files.Should().ContainSingle().Subject;

    private static string BlobOf(string content) => FileMerge.BlobOf(Encoding.UTF8.GetBytes(content));

    private static (FileOutcome Outcome, string Place, string? Written) Outcome(FileUpdate file) =>
        (file.Outcome, file.Place, file.Written is { } written ? Encoding.UTF8.GetString(written.Bytes.Span) : null);
}
