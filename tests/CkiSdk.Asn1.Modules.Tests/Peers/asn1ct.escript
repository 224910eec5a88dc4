#!/usr/bin/env escript
%% Speaks for Erlang's ASN.1 compiler: compiles modules with the rules ber and der, then answers one request per line on standard
%% input with one line on standard output, until the input ends.
%%   asn1ct.escript OUTPUT FOLDER...      FOLDER: modules that are compiled, one per file *.asn1
%% First it writes one line "ok MODULE" or "failed MODULE REASON" for each file, then "ready". The requests:
%%   value MODULE TYPE SEED    a random value of the type: "ok DER" or "none REASON"
%%   types MODULE              the names of its types: "ok NAME..."
%%   echo MODULE TYPE DER      decodes and encodes: "ok DER" or "refused REASON"
%%   to-json MODULE TYPE DER   the value by the rules of JER: "ok JSON" or "none REASON"
%%   from-json MODULE TYPE JSON (one line)
-mode(compile).

main([Output | Folders]) ->
    io:setopts(standard_io, [{encoding, latin1}, binary]),
    code:add_patha(Output),
    Paths = [{i, Folder} || Folder <- Folders],
    Files = lists:sort(lists:flatmap(fun(Folder) -> filelib:wildcard(filename:join(Folder, "*.asn1")) end, Folders)),
    lists:foreach(fun(File) -> say(build(File, Output, Paths)) end, Files),
    ok = file:set_cwd(Output),
    say("ready"),
    serve().

build(File, Output, Paths) ->
    Module = filename:basename(File, ".asn1"),
    Options = [ber, der, noobj, return_errors, {outdir, Output} | Paths],
    case catch asn1ct:compile(File, Options) of
        {error, Reason} -> ["failed ", Module, " ", text(Reason)];
        {'EXIT', Reason} -> ["failed ", Module, " ", text(Reason)];
        _ -> load(Module, Output)
    end.

%% Without the compiler's warnings, which are of no interest here.
load(Module, Output) ->
    case compile:file(filename:join(Output, Module ++ ".erl"), [{outdir, Output}, {i, Output}, return_errors]) of
        {ok, _} -> ["ok ", Module];
        Other -> ["failed ", Module, " ", text(Other)]
    end.

serve() ->
    case io:get_line(standard_io, "") of
        eof -> ok;
        Line ->
            Words = binary:split(string:trim(Line), <<" ">>, [global]),
            say(try answer(Words) catch Class:Reason -> ["refused ", text({Class, Reason})] end),
            serve()
    end.

answer([<<"value">>, Module, Type, Seed]) ->
    hopeful({Module, Type}, fun() -> rand:seed(exsss, binary_to_integer(Seed)), value(atom(Module), atom(Type)) end);
answer([<<"types">>, Module]) ->
    ["ok" | [[" ", Name] || {Function, _} <- (atom(Module)):module_info(exports), "enc_" ++ Name <- [atom_to_list(Function)]]];
answer([<<"echo">>, Module, Type, Der]) ->
    case (atom(Module)):decode(atom(Type), octets(Der)) of
        {ok, Value} -> encode(atom(Module), atom(Type), Value);
        {error, Reason} -> ["refused ", text(Reason)]
    end.

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
    Limit = #{size => 200000, kill => true, error_logger => false},
    {Pid, Monitor} = spawn_opt(fun() -> exit({made, Make()}) end, [monitor, {max_heap_size, Limit}]),
    receive
        {'DOWN', Monitor, process, Pid, {made, Answer}} -> Answer;
        {'DOWN', Monitor, process, Pid, Reason} -> ["none ", text(Reason)]
    after 200 ->
        exit(Pid, kill),
        ["none timeout"]
    end.

%% asn1ct:value makes the same times, open types and texts again and again; they are made different here.
value(Module, Type) ->
    case asn1ct:value(Module, Type) of
        {ok, Value} -> first_that_encodes(Module, Type, [vary(Value, open), vary(Value, wrapped), Value]);
        Other -> ["none ", text(Other)]
    end.

first_that_encodes(Module, Type, [Value | Others]) ->
    case encode(Module, Type, Value) of
        ["ok " | _] = Answer -> Answer;
        _ when Others =/= [] -> first_that_encodes(Module, Type, Others);
        ["refused " | Reason] -> ["none " | Reason]
    end.

encode(Module, Type, Value) ->
    case Module:encode(Type, Value) of
        {ok, Der} -> ["ok ", binary:encode_hex(Der)];
        {error, Reason} -> ["refused ", text(Reason)]
    end.

%% The open type of asn1ct:value becomes any element; where a table constraint knows nothing of the key, it is marked as open.
vary(<<4, 9, "open_type">>, open) -> element();
vary(<<4, 9, "open_type">>, wrapped) -> {asn1_OPENTYPE, element()};
vary("97100211-0500", _) -> time(rand:uniform(100) + 1949, fun(Year) -> Year rem 100 end, 2);
vary("19971002103130.5", _) -> time(rand:uniform(9999), fun(Year) -> Year end, 4);
vary(Octets, _) when is_binary(Octets) ->
    case is_sample(Octets, <<"OCTET STRING">>) of
        true -> rand:bytes(byte_size(Octets));
        false -> Octets
    end;
vary(List, How) when is_list(List) -> [vary(Item, How) || Item <- List];
vary(Tuple, How) when is_tuple(Tuple) -> list_to_tuple([vary(Item, How) || Item <- tuple_to_list(Tuple)]);
vary(Other, _) -> Other.

is_sample(Octets, Sample) ->
    Length = byte_size(Octets),
    Length > 0 andalso Octets =:= binary:part(binary:copy(Sample, Length div byte_size(Sample) + 1), 0, Length).

time(Year, Shorten, Digits) ->
    Parts = [rand:uniform(12), rand:uniform(28), rand:uniform(24) - 1, rand:uniform(60) - 1, rand:uniform(60) - 1],
    lists:flatten([io_lib:format("~*..0B", [Digits, Shorten(Year)]), [io_lib:format("~2..0B", [Part]) || Part <- Parts], "Z"]).

element() ->
    case rand:uniform(6) of
        1 -> <<5, 0>>;
        2 -> <<1, 1, 255>>;
        3 -> <<2, 2, 64, (rand:uniform(256) - 1)>>;
        4 -> tlv(16#30, [element() || _ <- lists:seq(1, rand:uniform(3) - 1)]);
        5 -> tlv(16#A0 + rand:uniform(8), [element()]);
        6 -> tlv(4, [rand:bytes(rand:uniform(200))])
    end.

tlv(Tag, Parts) ->
    Content = iolist_to_binary(Parts),
    case byte_size(Content) of
        Short when Short < 128 -> <<Tag, Short, Content/binary>>;
        Long when Long < 256 -> <<Tag, 16#81, Long, Content/binary>>;
        Longer -> <<Tag, 16#82, Longer:16, Content/binary>>
    end.

atom(Text) -> binary_to_atom(Text, utf8).

octets(Hex) -> binary:decode_hex(Hex).

say(Text) -> io:put_chars(standard_io, [Text, "\n"]).

text(Term) -> io_lib:format("~0P", [Term, 12]).
