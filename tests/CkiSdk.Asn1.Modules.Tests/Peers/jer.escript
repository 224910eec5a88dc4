#!/usr/bin/env escript
%% Speaks for Erlang's ASN.1 compiler and its rules jer (X.697): compiles modules, then answers one request per line on standard input
%% with one line on standard output, until the input ends.
%%   jer.escript OUTPUT JSX FOLDER...     JSX: the file jsx.erl; FOLDER: modules that are compiled, one per file *.asn1
%% First it writes one line "ok MODULE" or "failed MODULE REASON" for each file, then "ready". The requests:
%%   types MODULE              the names of its types: "ok NAME..."
%%   value MODULE TYPE SEED    a random value of the type: "ok JSON" or "none REASON"
%%   echo MODULE TYPE JSON     decodes and encodes: "ok JSON" or "refused REASON"
-mode(compile).

main([Output, Jsx | Folders]) ->
    io:setopts(standard_io, [{encoding, unicode}, binary]),
    code:add_patha(Output),
    {ok, jsx} = compile:file(Jsx, [{outdir, Output}]),
    Paths = [{i, Folder} || Folder <- Folders],
    Files = lists:sort(lists:flatmap(fun(Folder) -> filelib:wildcard(filename:join(Folder, "*.asn1")) end, Folders)),
    lists:foreach(fun(File) -> say(build(File, Output, Paths)) end, Files),
    ok = file:set_cwd(Output),
    say("ready"),
    serve().

build(File, Output, Paths) ->
    Module = filename:basename(File, ".asn1"),
    case catch asn1ct:compile(File, [jer, noobj, return_errors, {outdir, Output} | Paths]) of
        {error, Reason} -> ["failed ", Module, " ", text(Reason)];
        {'EXIT', Reason} -> ["failed ", Module, " ", text(Reason)];
        _ ->
            case compile:file(filename:join(Output, Module ++ ".erl"), [{outdir, Output}, {i, Output}, return_errors]) of
                {ok, _} -> ["ok ", Module];
                Other -> ["failed ", Module, " ", text(Other)]
            end
    end.

serve() ->
    case io:get_line(standard_io, "") of
        eof -> ok;
        Line ->
            [Request, Module | Rest] = binary:split(string:trim(Line), <<" ">>, [global]),
            say(try answer(Request, binary_to_atom(Module), Rest) catch Class:Reason -> ["refused ", text({Class, Reason})] end),
            serve()
    end.

answer(<<"types">>, Module, []) ->
    ["ok" | [[" ", Name] || {Function, 0} <- Module:module_info(exports), "typeinfo_" ++ Name <- [atom_to_list(Function)]]];
answer(<<"value">>, Module, [Type, Seed]) ->
    hopeful({Module, Type}, fun() ->
        rand:seed(exsss, binary_to_integer(Seed)),
        {ok, Value} = asn1ct:value(Module, binary_to_atom(Type)),
        json("none ", Module:encode(binary_to_atom(Type), Value))
    end);
answer(<<"echo">>, Module, [Type | Json]) ->
    case Module:decode(binary_to_atom(Type), iolist_to_binary(lists:join(" ", Json))) of
        {ok, Value} -> json("refused ", Module:encode(binary_to_atom(Type), Value));
        {error, Reason} -> ["refused ", text(Reason)]
    end.

json(_, {ok, Json}) -> ["ok ", Json];
json(Word, {error, Reason}) -> [Word, text(Reason)].

%% Of a recursive type asn1ct:value often makes no end. A type that took too long three times in a row is not waited for again.
hopeful(Type, Make) ->
    case get(Type) of
        3 -> ["none timeout"];
        Misses ->
            Answer = bounded(Make),
            put(Type, case {Answer, Misses} of {["none timeout"], undefined} -> 1; {["none timeout"], _} -> Misses + 1; _ -> 0 end),
            Answer
    end.

bounded(Make) ->
    {Pid, Monitor} = spawn_opt(fun() -> exit({made, Make()}) end, [monitor, {max_heap_size, #{size => 200000, kill => true, error_logger => false}}]),
    receive
        {'DOWN', Monitor, process, Pid, {made, Answer}} -> Answer;
        {'DOWN', Monitor, process, Pid, Reason} -> ["none ", text(Reason)]
    after 300 ->
        exit(Pid, kill),
        ["none timeout"]
    end.

text(Reason) -> re:replace(io_lib:format("~0p", [Reason]), "\\s+", " ", [global, unicode, {return, binary}]).

say(Line) -> ok = io:put_chars(standard_io, unicode:characters_to_binary([Line, "\n"])).
